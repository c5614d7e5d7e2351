import { NotFound } from '@/features/frame/not-found';

/** Any other address: inside the frame, so that the way on is at hand. */
export default function Page() {
  return <NotFound />;
}
