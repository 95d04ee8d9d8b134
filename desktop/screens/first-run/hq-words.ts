import { useLingui } from '@lingui/react/macro';

/** Why HQ let no till in, and what to do; null for what is no refusal of HQ's. Each is a code or its reason. */
export function useHqWords(): (reason: string) => string | null {
  const { t } = useLingui();
  return (reason) => {
    switch (reason) {
      case 'HQ_UNREACHABLE':
        return t`HQ does not answer at this address. Look at the address and at the network.`;
      case 'INSECURE_URL':
        return t`HQ must be reached over https.`;
      case 'unknown':
        return t`HQ does not know this code. Look at each character.`;
      case 'expired':
        return t`This code is more than ten minutes old. Make a new one at HQ.`;
      case 'used':
        return t`This code has been used. Make a new one at HQ.`;
      case 'OTHER_TILL':
        return t`This code is another till’s and still good there. Ask HQ for one of this till.`;
      case 'OTHER_HQ':
        return t`What answers here is not the HQ of this till.`;
    }
    return null;
  };
}
