// Writes ONNX models, field by field of onnx.proto: as much of protobuf as that takes.

export type Attribute = number | string | readonly number[] | { readonly real: number };
export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}
/** A constant of the graph. */
export interface Constant {
  readonly name: string;
  readonly kind: 'float' | 'int64';
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
export interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind?: keyof typeof elementTypes;
}
export interface Graph {
  readonly nodes: readonly Node[];
  readonly inputs: readonly Slot[];
  /** Names; float tensors, unless `outputKind` says another. */
  readonly outputs: readonly string[];
  readonly outputKind?: keyof typeof elementTypes;
  readonly constants: readonly Constant[];
}

const elementTypes = { float: 1, uint8: 2, int64: 7 };
const irVersion = 9;
const opset = 21;

type Bytes = readonly number[];

/** A serialised `ModelProto` of one graph. */
export function model(graph: Graph): Uint8Array {
  const body = [
    ...graph.nodes.flatMap((node) => message(1, nodeOf(node))),
    ...text(2, 'graph'),
    ...graph.constants.flatMap((constant) => message(5, tensorOf(constant))),
    ...graph.inputs.flatMap((slot) => message(11, valueInfo(slot.name, elementTypes[slot.kind ?? 'float'], slot.shape))),
    ...graph.outputs.flatMap((name) => message(12, valueInfo(name, elementTypes[graph.outputKind ?? 'float']))),
  ];
  return Uint8Array.from([...whole(1, irVersion), ...message(7, body), ...message(8, [...text(1, ''), ...whole(2, opset)])]);
}

const nodeOf = ({ type, inputs, outputs, attributes }: Node): Bytes => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, type),
  ...Object.entries(attributes).flatMap(([name, value]) => message(5, attributeOf(name, value))),
];

/** A whole number is an INT, `{ real }` a FLOAT, a list of whole numbers INTS, a text STRING. */
function attributeOf(name: string, value: Attribute): Bytes {
  if (typeof value === 'string') return [...text(1, name), ...text(4, value), ...whole(20, 3)];
  if (typeof value === 'number') return [...text(1, name), ...whole(3, value), ...whole(20, 2)];
  if ('real' in value) return [...text(1, name), ...varint(tag(2, 5)), ...float32(value.real), ...whole(20, 1)];
  return [...text(1, name), ...value.flatMap((v) => whole(8, v)), ...whole(20, 7)];
}

const tensorOf = ({ name, kind, shape, data }: Constant): Bytes => [
  ...shape.flatMap((d) => whole(1, d)),
  ...whole(2, elementTypes[kind]),
  ...message(9, data.flatMap(kind === 'float' ? float32 : int64)),
  ...text(8, name),
];

function valueInfo(name: string, elementType: number, shape?: readonly number[]): Bytes {
  const dims = shape
    ? message(
        2,
        shape.flatMap((d) => message(1, whole(1, d))),
      )
    : [];
  return [...text(1, name), ...message(2, message(1, [...whole(1, elementType), ...dims]))];
}

const tag = (field: number, wire: number): number => field * 8 + wire;
const whole = (field: number, value: number): Bytes => [...varint(tag(field, 0)), ...varint(value)];
const message = (field: number, bytes: Bytes): Bytes => [...varint(tag(field, 2)), ...varint(bytes.length), ...bytes];
const text = (field: number, value: string): Bytes => message(field, [...new TextEncoder().encode(value)]);

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const float32 = (value: number): Bytes => [...new Uint8Array(Float32Array.of(value).buffer)];
const int64 = (value: number): Bytes => [...new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)];
