/** Password of "admin" in the tests (VIREO_ADMIN_PASSWORD). */
export const ADMIN_PASSWORD = 'correct-horse-battery-9';
