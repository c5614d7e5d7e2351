import { VireoError } from '@vireo/contracts';

const PASSWORD_MIN_LENGTH = 12;

/** Long enough for the rule above and still the first that anybody tries. */
const KNOWN_BAD = [
  'password1234',
  'passwordpassword',
  'administrator',
  'adminadminadmin',
  'letmeinletmein',
  'changemechangeme',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdf',
  '123456789012',
  '1234567890123',
  '12345678901234',
  '1q2w3e4r5t6y',
  'iloveyouiloveyou',
  'welcome12345',
  'correcthorsebatterystaple',
];

function weakness(password: string, userName: string): string | null {
  const plain = password.toLowerCase();
  if ([...password].length < PASSWORD_MIN_LENGTH) return `at least ${PASSWORD_MIN_LENGTH} characters`;
  if (plain.includes(userName.toLowerCase())) return 'must not contain the user name';
  if (KNOWN_BAD.includes(plain)) return 'is one of the first that attackers try';
  if (new Set(plain).size < 5) return 'at least 5 different characters';
  return null;
}

/** @throws VireoError `auth.passwordWeak` with what is missing, at `field`. Never repeats the password. */
export function requireGoodPassword(password: string, userName: string, field: string): void {
  const message = weakness(password, userName);
  if (message) {
    throw new VireoError(
      'auth.passwordWeak',
      { minLength: PASSWORD_MIN_LENGTH },
      { fields: [{ field, message }] },
    );
  }
}
