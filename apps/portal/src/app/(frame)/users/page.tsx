import { UserListPage } from '@/features/user/user-list-page';

export default function Page() {
  return <UserListPage />;
}
