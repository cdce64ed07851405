/** Who an escalation goes to: "service-delivery-manager: 王伟", or the role alone where the agreement names nobody. */
export function addresseeText(addressee: string, roleLabel: (role: string) => string): string {
  const [role = '', name] = addressee.split(': ', 2);
  return name === undefined ? roleLabel(role) : `${roleLabel(role)} ${name}`;
}
