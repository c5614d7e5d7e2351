import { VmListPage } from '@/features/vm/vm-list-page';

export default function Page() {
  return <VmListPage />;
}
