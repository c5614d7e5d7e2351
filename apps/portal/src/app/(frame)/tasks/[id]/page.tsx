import { TaskPage } from '@/features/task/task-page';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <TaskPage id={(await params).id} />;
}
