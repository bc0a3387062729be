import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { newPictureId } from '../../image/shelf';
import { Button, Message, Select, Spinner } from '../../ui/parts';
import { formatSize, t } from '../../ui/strings';
import type { Room } from '../room';

interface Device {
  readonly id: string;
  readonly name: string;
}

/** A still of a camera. The camera is on from the click that starts it until the picture is taken or this is left. */
export function Camera({ room }: { room: Room }) {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const live = useSignal(false);
  const asking = useSignal(false);
  const problem = useSignal<string | null>(null);
  const devices = useSignal<readonly Device[]>([]);
  const device = useSignal('');
  const size = useSignal<{ width: number; height: number } | null>(null);
  const starts = useRef(0);

  const stop = () => {
    starts.current++;
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    if (video.current) video.current.srcObject = null;
    live.value = false;
    asking.value = false;
    size.value = null;
  };
  useEffect(() => stop, []);

  const start = async (id: string) => {
    stop();
    const mine = ++starts.current;
    problem.value = null;
    asking.value = true;
    try {
      const opened = await openCamera(id);
      if (mine !== starts.current) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream.current = opened;
      const [track] = opened.getVideoTracks();
      track?.addEventListener('ended', () => {
        if (stream.current !== opened) return;
        stop();
        problem.value = t('cameraEnded');
      });
      device.value = track?.getSettings().deviceId ?? id;
      live.value = true;
      devices.value = await cameras();
    } catch (error) {
      if (mine === starts.current) problem.value = whyNot(error);
    }
    if (mine === starts.current) asking.value = false;
  };

  const take = async () => {
    const seen = video.current;
    if (!seen?.videoWidth) return;
    const canvas = new OffscreenCanvas(seen.videoWidth, seen.videoHeight);
    canvas.getContext('2d')?.drawImage(seen, 0, 0);
    stop();
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const now = new Date(Date.now() - 60_000 * new Date().getTimezoneOffset());
    const name = `camera-${now.toISOString().slice(0, 19).replace(/\D/g, '-')}.png`;
    await room.open({ id: newPictureId(), name, blob, provenance: { how: 'camera' }, added: Date.now() });
  };

  return (
    <div class="way camera">
      {live.value ? (
        <>
          <video
            ref={(element) => {
              video.current = element;
              if (element && stream.current && element.srcObject !== stream.current) element.srcObject = stream.current;
            }}
            autoplay
            muted
            playsInline
            aria-label={t('cameraView')}
            onLoadedMetadata={({ currentTarget: { videoWidth: width, videoHeight: height } }) => {
              size.value = { width, height };
            }}
          />
          <div class="row wrap">
            <Button look="solid" icon="camera" disabled={size.value === null} onClick={() => void take()}>
              {t('cameraTake')}
            </Button>
            {size.value && <span class="dim num">{formatSize(size.value.width, size.value.height)}</span>}
            <span class="grow" />
            {devices.value.length > 1 && (
              <Select
                label={t('cameraWhich')}
                value={device.value}
                options={devices.value.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => void start(id)}
              />
            )}
            <Button look="line" onClick={stop}>
              {t('cameraStop')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('cameraHelp')}</p>
          <div class="row">
            <Button look="solid" icon="camera" disabled={asking.value} onClick={() => void start('')}>
              {t('cameraStart')}
            </Button>
            {asking.value && <Spinner label={t('cameraAsking')} />}
          </div>
        </>
      )}
      {problem.value && <Message kind="bad" text={problem.value} />}
    </div>
  );
}

async function openCamera(id: string): Promise<MediaStream> {
  // Missing on pages that came over plain http.
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (!media) throw new Error(t('cameraInsecure'));
  const wanted = { width: { ideal: 1920 }, height: { ideal: 1080 } };
  return media.getUserMedia({ audio: false, video: id ? { ...wanted, deviceId: { exact: id } } : wanted });
}

async function cameras(): Promise<Device[]> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const found = all.filter(({ kind }) => kind === 'videoinput');
  return found.map(({ deviceId, label }, i) => ({ id: deviceId, name: label || t('cameraNumber', i + 1) }));
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reasons: Readonly<Record<string, string>> = {
    NotAllowedError: t('cameraRefused'),
    NotFoundError: t('cameraNone'),
    OverconstrainedError: t('cameraNone'),
    NotReadableError: t('cameraBusy'),
    AbortError: t('cameraBusy'),
  };
  return reasons[error.name] ?? error.message;
}
