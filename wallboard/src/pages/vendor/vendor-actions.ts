import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import {
  CloseVendorCaseDocument, DropVendorCaseDocument, EnterVendorCaseNumberDocument, UpdateVendorCaseDocument, type VendorFieldsFragment,
} from '../../graphql/generated/desk/graphql.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { VendorMessageKey } from '../../lib/messages/vendor/zh-CN.ts';

/** A vendor and one of its products are one choice: the product's name alone may stand at several vendors. */
const BETWEEN = '\u241f';

export function productField(t: Translate<VendorMessageKey>, vendors: readonly VendorFieldsFragment[]): RecordField {
  return {
    name: 'product', label: t('field.product'), kind: 'choice', required: true,
    options: vendors.filter(({ active }) => active).flatMap(({ id, name, products }) => products.map((product) => [`${id}${BETWEEN}${product}`, `${name} · ${product}`] as const)),
  };
}

export function productOf(value: string): { readonly vendorId: string; readonly product: string } {
  const [vendorId = '', product = ''] = value.split(BETWEEN);
  return { vendorId, product };
}

/** Which case it is at the vendor. */
export function caseFields(t: Translate<VendorMessageKey>, vendors: readonly VendorFieldsFragment[]): readonly RecordField[] {
  return [
    productField(t, vendors), { name: 'caseNumber', label: t('field.caseNumber'), kind: 'text', required: true },
    { name: 'contact', label: t('field.contact'), kind: 'text' }, { name: 'nextUpdateAt', label: t('field.nextUpdate'), kind: 'instant' },
  ];
}

export function caseActions(t: Translate<VendorMessageKey>, vendors: readonly VendorFieldsFragment[]): readonly RecordAction[] {
  return [
    { name: 'enterVendorCaseNumber', label: t('action.enterNumber'), fields: caseFields(t, vendors), run: (send, base, values) => send(EnterVendorCaseNumberDocument, {
      ...base, ...productOf(values.text('product')), caseNumber: values.text('caseNumber'), contact: values.maybe('contact'), nextUpdateAt: values.instant('nextUpdateAt'),
    }, ({ enterVendorCaseNumber }) => enterVendorCaseNumber.userErrors) },
    { name: 'updateVendorCase', label: t('action.update'), fields: [{ name: 'text', label: t('field.text'), kind: 'long', required: true }, { name: 'nextUpdateAt', label: t('field.nextUpdate'), kind: 'instant' }],
      run: (send, base, values) => send(UpdateVendorCaseDocument, { ...base, text: values.text('text'), nextUpdateAt: values.instant('nextUpdateAt') }, ({ updateVendorCase }) => updateVendorCase.userErrors) },
    { name: 'closeVendorCase', label: t('action.close'), fields: [{ name: 'result', label: t('field.result'), kind: 'long', required: true }],
      run: (send, base, values) => send(CloseVendorCaseDocument, { ...base, result: values.text('result') }, ({ closeVendorCase }) => closeVendorCase.userErrors) },
    { name: 'dropVendorCase', label: t('action.drop'), seldom: true, fields: [{ name: 'reason', label: t('field.reason'), kind: 'long', required: true }],
      run: (send, base, values) => send(DropVendorCaseDocument, { ...base, reason: values.text('reason') }, ({ dropVendorCase }) => dropVendorCase.userErrors) },
  ];
}
