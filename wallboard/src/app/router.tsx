import { Children, createContext, isValidElement, useContext, useEffect, useMemo, type ComponentProps, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { addressOf, resolve, usePlace, type DeskLocation, type Navigate as NavigateTo, type To } from './history.tsx';
import { matchOf, type Params } from './route-match.ts';

export { BrowserRouter, MemoryRouter } from './history.tsx';

export const useLocation = (): DeskLocation => usePlace().location;
/** Goes to an address, or so many entries on; the function is always the same one. */
export const useNavigate = (): NavigateTo => usePlace().navigate;

type SearchInit = ConstructorParameters<typeof URLSearchParams>[0];
type SetSearch = (next: SearchInit | ((before: URLSearchParams) => SearchInit), options?: { readonly replace?: boolean }) => void;

/** What the address asks for, and how to ask for something else: a new entry of the history unless `replace`. */
export function useSearchParams(): readonly [search: URLSearchParams, set: SetSearch] {
  const { location: { pathname, search }, navigate } = usePlace();
  return useMemo(() => {
    const asked = new URLSearchParams(search);
    const set: SetSearch = (next, options) => navigate({ pathname, search: new URLSearchParams(typeof next === 'function' ? next(new URLSearchParams(asked)) : next).toString() }, options);
    return [asked, set];
  }, [pathname, search, navigate]);
}

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & { readonly to: To; readonly replace?: boolean };

/** A click with a key held, or for another tab, stays the browser's. To where one is already is no new entry of the history. */
export function Link({ to, replace, onClick, children, ...rest }: LinkProps) {
  const { location, navigate } = usePlace();
  const click = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const isBrowsers = event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || (rest.target ?? '_self') !== '_self';
    if (event.defaultPrevented || isBrowsers) return;
    event.preventDefault();
    const { pathname, search, hash } = resolve(to, location);
    navigate(to, { replace: replace ?? (pathname === location.pathname && search === location.search && hash === '') });
  };
  return <a {...rest} href={addressOf(to)} onClick={click}>{children}</a>;
}

const withoutEnd = (path: string): string => path.replace(/(?<=.)\/$/, '');

/** A link that says when one is there, or below it unless `end`. */
export function NavLink({ to, end = false, className, ...rest }: LinkProps & { readonly end?: boolean }) {
  const { location } = usePlace();
  const [there, here] = [withoutEnd(resolve(to, location).pathname), withoutEnd(location.pathname)];
  const isActive = here === there || (!end && here.startsWith(`${there}/`));
  return <Link {...rest} to={to} className={isActive ? `${className ?? ''} active`.trim() : className} aria-current={isActive ? 'page' : undefined} />;
}

/** Goes elsewhere as soon as it is shown. */
export function Navigate({ to, replace }: { readonly to: To; readonly replace?: boolean }) {
  const { navigate } = usePlace();
  const address = addressOf(to);
  useEffect(() => navigate(address, { replace }), [navigate, address, replace]);
  return null;
}

interface Within {
  /** What of the address the routes further out have taken. */
  readonly base: string;
  readonly params: Params;
}

const WithinContext = createContext<Within>({ base: '', params: {} });

/** The parts of the address that the routes name (`:number`), decoded. */
export const useParams = (): Params => useContext(WithinContext).params;

interface RouteProps {
  /** `new`, `:number`, `area/*` for what has routes of its own, `*` for everything else; from where the routes further out ended. */
  readonly path?: string;
  readonly index?: boolean;
  readonly element: ReactNode;
}

/** A line of `Routes`; it shows nothing by itself. */
export function Route(_: RouteProps): null {
  return null;
}

/** Shows the first route that fits: what is named is written before what is a parameter, `*` last. */
export function Routes({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const { base, params } = useContext(WithinContext);
  const routes = Children.toArray(children).filter((child): child is ReactElement<RouteProps> => isValidElement(child));
  for (const { props } of routes) {
    const match = matchOf(props.path ?? '', pathname.slice(base.length));
    if (match !== null) return <WithinContext value={{ base: base + match.taken, params: { ...params, ...match.params } }}>{props.element}</WithinContext>;
  }
  return null;
}
