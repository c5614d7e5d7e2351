import type { Locale } from '@vireo/contracts';
import type { PortalMessages } from '../../messages/en/index.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: PortalMessages;
  }
}
