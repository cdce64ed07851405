import { Background, BackgroundVariant, Controls, Handle, MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GraphBox, GraphEdge, GraphNode, GraphPicture } from './graph-model.ts';
import { stepFrom, type Step } from './graph-walk.ts';

export interface CanvasWords {
  /** Name of the picture for those who do not see it, with how to walk it. */
  readonly label: string;
  readonly kindOf: (kind: string) => string;
  readonly groupOf: (kind: string, count: number) => string;
  readonly open: string;
  readonly close: string;
  readonly markOf: (node: GraphNode) => string;
}

interface Props {
  readonly picture: GraphPicture;
  readonly words: CanvasWords;
  readonly active: string | null;
  readonly onActive: (id: string) => void;
  /** Enter or double click on an item. */
  readonly onOpen: (id: string) => void;
  readonly onToggleGroup: (id: string) => void;
  /** The key N on an item. */
  readonly onMark?: (id: string) => void;
}

/** Zoom at which letters are about 9 pixels high: smaller is a pattern, not a text. */
const READABLE = 0.62;
/** More labels than this at one item cover each other. */
const MOST_LABELS = 6;

const STEPS: Readonly<Record<string, Step>> = { ArrowRight: 'ArrowRight', ArrowLeft: 'ArrowLeft', ArrowUp: 'ArrowUp', ArrowDown: 'ArrowDown' };

type BoxNode = Node<{ box: GraphBox; words: CanvasWords; active: boolean; onToggleGroup: (id: string) => void }, 'box'>;
const NODE_TYPES = { box: BoxView };

/** Items and their relations, walked by mouse and by arrow keys (WBD-07). Loaded only by the pages that draw it. */
export function GraphCanvas(props: Props) {
  return <ReactFlowProvider><Canvas {...props} /></ReactFlowProvider>;
}

function Canvas({ picture, words, active, onActive, onOpen, onToggleGroup, onMark }: Props) {
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const [byKey, setByKey] = useState(false);
  const current = active !== null && picture.boxes.some(({ id }) => id === active) ? active : (picture.boxes.find(({ shape }) => shape !== 'frame')?.id ?? null);
  const nodes = useMemo(() => picture.boxes.map((box) => nodeOf(box, { words, active: box.id === current, onToggleGroup })), [picture, words, current, onToggleGroup]);
  const edges = useMemo(() => edgesOf(picture, current), [picture, current]);
  const fit = useCallback(() => void flow.fitView({ padding: 0.04, maxZoom: 1, duration: 0 }), [flow]);
  const start = useRef({ picture, fit });
  start.current = { picture, fit };
  const shape = picture.boxes.map(({ id }) => id).join(' ');
  useEffect(() => {
    // A new picture is shown as a whole where its letters can still be read, else from where it begins.
    const later = requestAnimationFrame(() => {
      const { picture: shown, fit: fitAll } = start.current;
      const { clientWidth, clientHeight } = frame.current ?? { clientWidth: 0, clientHeight: 0 };
      if (Math.min(clientWidth / shown.width, clientHeight / shown.height) >= READABLE) return fitAll();
      const root = shown.boxes.find(({ node }) => node?.mark === 'root') ?? shown.boxes[0];
      const middle = root === undefined ? 0 : root.y + root.height / 2;
      const top = shown.height * READABLE <= clientHeight ? (clientHeight - shown.height * READABLE) / 2 : Math.min(20, clientHeight / 2 - middle * READABLE);
      void flow.setViewport({ x: shown.width * READABLE <= clientWidth ? (clientWidth - shown.width * READABLE) / 2 : 20, y: top, zoom: READABLE });
    });
    return () => cancelAnimationFrame(later);
  }, [shape, flow]);
  useEffect(() => {
    if (byKey && current !== null) frame.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(current)}"]`)?.focus({ preventScroll: true });
  }, [byKey, current]);
  const goTo = (id: string): void => {
    const box = picture.boxes.find((one) => one.id === id);
    if (box === undefined) return;
    setByKey(true);
    onActive(id);
    void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: Math.max(flow.getZoom(), 0.7), duration: 0 });
  };
  const press = (event: React.KeyboardEvent): void => {
    const box = picture.boxes.find(({ id }) => id === current);
    if (box === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = stepFrom(picture, box.id, step);
      if (next !== null) goTo(next);
    } else if (event.key === 'Enter') (box.shape === 'group' ? onToggleGroup : onOpen)(box.id);
    else if (event.key === 'Escape' && box.frame !== undefined) onToggleGroup(box.frame);
    else if ((event.key === 'n' || event.key === 'N') && box.shape === 'item') onMark?.(box.id);
    else if (event.key === 'f' || event.key === 'F') fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="graph" ref={frame} role="group" aria-label={words.label} onKeyDown={press}>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={NODE_TYPES} minZoom={0.1} maxZoom={1.6} nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false}
        elementsSelectable={false} disableKeyboardA11y panActivationKeyCode={null} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} zoomActivationKeyCode={null}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, { id }) => { onActive(id); }}
        onNodeDoubleClick={(_event, { id, data }) => { if (data.box.shape === 'item') onOpen(id); }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        <Controls showInteractive={false} fitViewOptions={{ padding: 0.06, maxZoom: 1 }} />
      </ReactFlow>
    </div>
  );
}

function nodeOf(box: GraphBox, data: Omit<BoxNode['data'], 'box'>): BoxNode {
  const { id, x, y, width, height, shape } = box;
  return { id, type: 'box', position: { x, y }, width, height, zIndex: shape === 'frame' ? -1 : 1, data: { ...data, box }, focusable: false };
}

/** Relations of single members of opened groups are drawn only at the item one stands on; the others are one line from block to block. */
function edgesOf({ edges, boxes }: GraphPicture, current: string | null): Edge[] {
  const frames = new Map(boxes.flatMap(({ id, frame }) => (frame === undefined ? [] : [[id, frame] as const])));
  const frame = current === null ? undefined : frames.get(current);
  const isNear = ({ from, to }: GraphEdge): boolean => [from, to].some((end) => end === current || (frame !== undefined && end === frame));
  const inFrame = ({ from, to }: GraphEdge): boolean => frames.has(from) || frames.has(to);
  const blocks = edges.filter(inFrame).map(({ from, to }) => ({ from: frames.get(from) ?? from, to: frames.get(to) ?? to, label: '' })).filter(({ from, to }) => from !== to);
  const near = edges.filter(isNear);
  const far = new Map([...edges.filter((edge) => !inFrame(edge) && !isNear(edge)), ...blocks].map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge]));
  const labelled = near.length <= MOST_LABELS;
  const drawn = (edge: GraphEdge, marked: boolean): Edge => ({
    id: `${edge.from} ${edge.to} ${edge.label} ${marked ? 'near' : ''}`, source: edge.from, target: edge.to, label: marked && labelled ? edge.label : '', className: marked ? 'near' : '',
    zIndex: marked ? 2 : 0, markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
  });
  return [...[...far.values()].map((edge) => drawn(edge, false)), ...near.map((edge) => drawn(edge, true))];
}

function BoxView({ data: { box, words, active, onToggleGroup } }: NodeProps<BoxNode>) {
  const { shape, node, members = [] } = box;
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {shape === 'item' && node !== undefined ? (
        <div className="graph-box" data-box={box.id} data-mark={node.mark} data-active={active} role="button" tabIndex={active ? 0 : -1} aria-label={node.mark === 'reached' ? `${words.kindOf(node.kind)} ${node.name} ${words.markOf(node)}` : `${words.kindOf(node.kind)} ${words.markOf(node)} ${node.name}`}>
          <small>{words.kindOf(node.kind)}{node.mark === 'reached' ? null : <> <b>{words.markOf(node)}</b></>}</small>{' '}
          <span>{node.name}</span>
        </div>
      ) : null}
      {shape === 'group' ? (
        <button type="button" className="graph-box group" data-box={box.id} data-active={active} tabIndex={active ? 0 : -1} onClick={() => onToggleGroup(box.id)}>
          <span>{words.groupOf(members[0]?.kind ?? '', members.length)}</span><small>{words.open}</small>
        </button>
      ) : null}
      {shape === 'frame' ? (
        <div className="graph-frame"><span>{words.groupOf(members[0]?.kind ?? '', members.length)}</span><button type="button" tabIndex={-1} onClick={() => onToggleGroup(box.id)}>{words.close}</button></div>
      ) : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
