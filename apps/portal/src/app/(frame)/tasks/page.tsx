import { TaskListPage } from '@/features/task/task-list-page';

export default function Page() {
  return <TaskListPage />;
}
