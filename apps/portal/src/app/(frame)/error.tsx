'use client';

export { BrokenPage as default } from '@/features/frame/broken-page';
