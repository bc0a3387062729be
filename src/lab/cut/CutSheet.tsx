import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Box } from '../../image/cut';
import { MAX_SIDE, overLimit } from '../../image/limits';
import type { Method } from '../../image/resample';
import { newPictureId } from '../../image/shelf';
import { reasonOf } from '../../ui/bench/words';
import { Bar, Button, Dialog, IconButton, Message, Segmented, Select } from '../../ui/parts';
import { formatSize, number, t } from '../../ui/strings';
import type { Room } from '../room';
import { ask, decodable } from '../second';
import { shaped, typed } from './box';
import { Cropper } from './Cropper';
import { NumberField } from './NumberField';
import './cut.css';

const ratios = ['free', '1:1', '4:3', '3:2', '16:9', '3:4', '2:3'] as const;
const squares = [64, 128, 224, 256, 512] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}
const ratioOf = (name: string): number | null => {
  const [w = 0, h = 0] = name.split(':').map(Number);
  return w && h ? w / h : null;
};

/** Cuts the open picture and brings it to a size; the result is a new picture. */
export function CutSheet({ room }: { room: Room }) {
  const { bench } = room;
  const close = () => {
    room.cutting.value = false;
  };
  const bounds = bench.opened.value;
  const id = bench.picture.value?.id;
  const drawing = useSignal<ImageBitmap | null>(null);
  useEffect(() => {
    let gone = false;
    if (id !== undefined && bounds)
      void preview(room, id, bounds).then(
        (bitmap) => {
          if (gone) bitmap?.close();
          else drawing.value = bitmap;
        },
        () => undefined,
      );
    return () => {
      gone = true;
      drawing.value = null;
    };
  }, [id]);
  const seen = drawing.value;
  return (
    <Dialog open={room.cutting.value && bounds !== null} title={t('cutTitle')} onClose={close}>
      {bounds && (
        <Cutting
          key={id}
          room={room}
          bounds={{ width: bounds.width, height: bounds.height }}
          cropper={(box, ratio, onBox) => <Cropper drawing={seen} bounds={bounds} box={box} ratio={ratio} onBox={onBox} />}
        />
      )}
    </Dialog>
  );
}

/** The picture to look at while cutting: its pixels come from the worker, these do not count. */
async function preview(room: Room, id: string, { width, height }: Size): Promise<ImageBitmap | null> {
  const picture = await room.find(id);
  if (!picture) return null;
  const scale = Math.min(1, 1600 / Math.max(width, height));
  return createImageBitmap(await decodable(picture.blob), {
    colorSpaceConversion: 'none',
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: scale < 1 ? 'medium' : 'pixelated',
  });
}

function Cutting({
  room,
  bounds,
  cropper,
}: {
  room: Room;
  bounds: Size;
  cropper(box: Box, ratio: number | null, onBox: (box: Box) => void): preact.ComponentChild;
}) {
  const whole: Box = { x: 0, y: 0, ...bounds };
  const box = useSignal<Box>(whole);
  const shape = useSignal<(typeof ratios)[number]>('free');
  /** Null: as large as the crop. */
  const size = useSignal<Size | null>(null);
  const linked = useSignal(true);
  const method = useSignal<Method>('area');
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  useEffect(
    () => () => {
      busy.value = false;
    },
    [],
  );

  const ratio = ratioOf(shape.value);
  const { width, height } = size.value ?? box.value;
  const resized = width !== box.value.width || height !== box.value.height;
  const over = overLimit(width, height, { large: true });
  const setBox = (next: Box) => {
    box.value = next;
    const kept = size.peek();
    if (kept && linked.peek()) size.value = { ...kept, height: Math.max(1, Math.round((kept.width * next.height) / next.width)) };
  };
  const setSide = (side: keyof Size, value: number) => {
    const { width: w, height: h } = box.peek();
    const other = Math.max(1, Math.round(side === 'width' ? (value * h) / w : (value * w) / h));
    const both = { width, height, [side]: value };
    size.value = linked.peek() ? { ...both, [side === 'width' ? 'height' : 'width']: other } : both;
  };
  const setShape = (name: string) => {
    shape.value = ratios.find((one) => one === name) ?? 'free';
    const next = ratioOf(shape.peek());
    if (next !== null) setBox(shaped(box.peek(), next, bounds));
  };
  const square = (side: number) => {
    shape.value = '1:1';
    linked.value = true;
    box.value = shaped(box.peek(), 1, bounds);
    size.value = { width: side, height: side };
  };
  const make = async () => {
    const picture = room.bench.picture.peek();
    if (!picture || busy.peek()) return;
    busy.value = true;
    problem.value = null;
    try {
      const source = await room.find(picture.id);
      if (!source) throw new Error(t('pictureNotKept'));
      const wanted = { shown: bounds, box: box.peek(), size: resized ? { width, height, method: method.peek() } : null };
      const bytes = await decodable(source.blob);
      const blob = await ask((second) => second.cutting(bytes, wanted));
      if (!busy.peek()) return;
      room.cutting.value = false;
      await room.open({
        id: newPictureId(),
        name: `${picture.name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}-${width}x${height}.png`,
        blob,
        provenance: { how: 'made', note: noteOf(picture.name), from: { id: picture.id, name: picture.name } },
        added: Date.now(),
      });
    } catch (error) {
      problem.value = reasonOf(error);
    }
    busy.value = false;
  };
  const noteOf = (name: string): string => {
    const { width: w, height: h } = box.peek();
    const cropped = w !== bounds.width || h !== bounds.height;
    const part = formatSize(w, h);
    if (!resized) return t('noteCropped', part, name);
    return cropped
      ? t('noteCroppedResized', part, formatSize(width, height), name)
      : t('noteResized', formatSize(width, height), name);
  };
  const changed = resized || box.value.width !== bounds.width || box.value.height !== bounds.height;

  return (
    <div class="cutting">
      <div class="cutting-in">
        {cropper(box.value, ratio, setBox)}
        <div class="cut-tools">
          <fieldset>
            <legend class="strong">{t('crop')}</legend>
            <div class="fields">
              {(['x', 'y', 'width', 'height'] as const).map((side) => (
                <NumberField
                  key={side}
                  label={{ x: t('cropX'), y: t('cropY'), width: t('cropWidth'), height: t('cropHeight') }[side]}
                  value={box.value[side]}
                  min={side === 'x' || side === 'y' ? 0 : 1}
                  max={
                    {
                      x: bounds.width - box.value.width,
                      y: bounds.height - box.value.height,
                      width: bounds.width,
                      height: bounds.height,
                    }[side]
                  }
                  onChange={(value) => setBox(typed(box.peek(), side, value, bounds, ratio))}
                />
              ))}
            </div>
            <div class="row wrap">
              <Select
                label={t('cropShape')}
                value={shape.value}
                options={ratios.map((name) => ({ value: name, label: name === 'free' ? t('cropFree') : name }))}
                onChange={setShape}
              />
              <Button
                look="line"
                icon="reset"
                onClick={() => {
                  shape.value = 'free';
                  setBox(whole);
                }}
              >
                {t('cropWhole')}
              </Button>
            </div>
          </fieldset>
          <fieldset>
            <legend class="strong">{t('resize')}</legend>
            <div class="fields linked">
              <NumberField
                label={t('resizeWidth')}
                value={width}
                min={1}
                max={MAX_SIDE}
                onChange={(value) => setSide('width', value)}
              />
              <IconButton
                icon={linked.value ? 'link' : 'unlink'}
                label={t('resizeLinked')}
                pressed={linked.value}
                onClick={() => {
                  linked.value = !linked.value;
                  if (linked.value && size.peek()) setSide('width', width);
                }}
              />
              <NumberField
                label={t('resizeHeight')}
                value={height}
                min={1}
                max={MAX_SIDE}
                onChange={(value) => setSide('height', value)}
              />
            </div>
            <div class="row wrap">
              <Button
                look="line"
                onClick={() => {
                  size.value = null;
                }}
              >
                {t('resizeNone')}
              </Button>
              <Button look="line" onClick={() => setSide('width', Math.max(1, Math.round(width / 2)))}>
                {t('resizeHalf')}
              </Button>
              {squares.map((side) => (
                <Button key={side} look="line" title={t('resizeSquare', side)} onClick={() => square(side)}>
                  {`${side}²`}
                </Button>
              ))}
            </div>
            <Segmented<Method>
              label={t('resizeMethod')}
              value={method.value}
              options={[
                { value: 'area', label: t('resizeArea') },
                { value: 'bilinear', label: t('resizeBilinear') },
              ]}
              onChange={(value) => {
                method.value = value;
              }}
            />
          </fieldset>
          <p class="num" role="status">
            {t('cutResult', formatSize(width, height), number((width * height) / 1e6, 2))}
            <br />
            <span class="dim small">{resized ? t('cutRounded') : t('cutExact')}</span>
          </p>
          {over && <Message kind="bad" text={over.message} />}
          {problem.value && <Message kind="bad" text={problem.value} />}
          <Button look="solid" icon="crop" disabled={busy.value || over !== null || !changed} onClick={() => void make()}>
            {t('cutMake')}
          </Button>
          {busy.value && <Bar done={null} label={t('cutMake')} />}
        </div>
      </div>
    </div>
  );
}
