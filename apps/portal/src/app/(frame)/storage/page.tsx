import { StoragePage } from '@/features/storage/storage-page';

export default function Page() {
  return <StoragePage />;
}
