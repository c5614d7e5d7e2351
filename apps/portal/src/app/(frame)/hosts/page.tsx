import { HostListPage } from '@/features/host/host-list-page';

export default function Page() {
  return <HostListPage />;
}
