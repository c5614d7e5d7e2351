import { AddHostPage } from '@/features/host/add-host-page';

export default function Page() {
  return <AddHostPage />;
}
