const SCALE = 2;
const VARIABLE = /var\((--[\w-]+)\)/g;

/** The chart as a file of its own: colours written out, on the page's ground, with its name above it (MET-04). */
export function chartSvg(chart: SVGSVGElement, title: string): string {
  const style = getComputedStyle(document.documentElement);
  const { width, height } = chart.getBoundingClientRect();
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const head = 30;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height + head));
  copy.setAttribute('viewBox', `0 ${-head} ${width} ${height + head}`);
  copy.removeAttribute('style');
  copy.insertBefore(shape('rect', { x: '0', y: String(-head), width: String(width), height: String(height + head), fill: 'var(--raised)' }), copy.firstChild);
  const name = shape('text', { x: '10', y: '-10', fill: 'var(--text)', 'font-size': '15', 'font-weight': '600' });
  name.textContent = title;
  copy.appendChild(name);
  copy.setAttribute('font-family', style.getPropertyValue('--font'));
  return new XMLSerializer().serializeToString(copy).replace(VARIABLE, (_text, variable: string) => style.getPropertyValue(variable).trim());
}

function shape(kind: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', kind);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Draws the file at twice its size, sharp on a projector. */
export async function chartPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob === null ? failed(new Error('The chart cannot be drawn.')) : done(blob)), 'image/png'));
}

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
