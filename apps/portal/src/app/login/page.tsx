import { Suspense } from 'react';
import { LoginPage } from '@/features/login/login-page';

export default function Page() {
  return (
    <Suspense>
      <LoginPage />
    </Suspense>
  );
}
