/** An item as the picture draws it. */
export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** What kind of thing it is, as a key. */
  readonly kind: string;
  readonly life: string;
  /** Steps from what was asked about; 0: that itself. */
  readonly depth: number;
  readonly mark: NodeMark;
}

/** `root`: asked about; `spared`: held by redundancy; `barred`: marked as not affected. */
export type NodeMark = 'root' | 'reached' | 'spared' | 'barred';

/** A step of the walk: from the nearer item to the farther one. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** A rectangle of the picture: an item, a group of like items, or the frame round an opened group. */
export interface GraphBox {
  readonly id: string;
  readonly shape: 'item' | 'group' | 'frame';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of an item. */
  readonly node?: GraphNode;
  /** Of a group and of a frame: what is in it. */
  readonly members?: readonly GraphNode[];
  /** Of an item in an opened group: the frame's id, which the edges lead to. */
  readonly frame?: string;
}

export interface GraphPicture {
  readonly boxes: readonly GraphBox[];
  readonly edges: readonly GraphEdge[];
  readonly width: number;
  readonly height: number;
}
