import { CreateVmPage } from '@/features/vm/create-page';

export default function Page() {
  return <CreateVmPage />;
}
