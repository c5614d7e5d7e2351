import { HostPage } from '@/features/host/host-page';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <HostPage hostId={(await params).id} />;
}
