import { useSearchParams } from '../../app/router.tsx';

export interface AddressFilter {
  readonly get: (key: string) => string;
  readonly list: (key: string) => readonly string[];
  readonly set: (key: string, value: string) => void;
}

/** A filter that lives in the address bar, so that a view can be sent to somebody; keys in alphabetical order. */
export function useAddressFilter(): AddressFilter {
  const [search, setSearch] = useSearchParams();
  return {
    get: (key) => search.get(key) ?? '',
    list: (key) => (search.get(key) ?? '').split(',').filter((word) => word !== ''),
    set: (key, value) => {
      const next = new URLSearchParams(search);
      if (value === '') next.delete(key);
      else next.set(key, value);
      next.sort();
      setSearch(next, { replace: true });
    },
  };
}
