import { EventListPage } from '@/features/event/event-list-page';

export default function Page() {
  return <EventListPage />;
}
