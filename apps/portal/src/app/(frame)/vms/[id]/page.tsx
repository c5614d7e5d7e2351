import { VmPage } from '@/features/vm/vm-page';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <VmPage id={(await params).id} />;
}
