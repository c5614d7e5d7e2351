import type { Page } from '@playwright/test';

/** Share of the console's pixels that are bright: 0 for a black canvas, a few hundredths for a screen of text. */
export function brightShare(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || canvas.width === 0) return 0;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let bright = 0;
    for (let i = 0; i < data.length; i += 4)
      if ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0) > 300) bright += 1;
    return bright / (data.length / 4);
  });
}
