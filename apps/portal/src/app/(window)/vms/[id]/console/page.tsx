import { ConsoleWindow } from '@/features/console/console-window';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ConsoleWindow vmId={(await params).id} />;
}
