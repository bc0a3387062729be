import { useEffect, useMemo } from 'preact/hooks';
import './export.css';
import type { Scene } from '../../core/scene';
import type { Bench } from '../bench/state';
import { Bar, Button, Dialog, Message, Segmented } from '../parts';
import { formatBytes, number, t } from '../strings';
import { type Choice, choice, choose, endingOf } from './choice';
import { CodeForm, FigureForm, PictureForm, ValuesForm } from './forms';
import { ExportJob, type Size } from './job';
import { Row } from './Row';

export interface ExportDialogProps {
  readonly bench: Bench;
  readonly open: boolean;
  onClose(): void;
  /** The address under which a chain opens. */
  linkOf(scene: Scene): string;
}

/** What is exported, as what, under which name; then its progress and what came of it. */
export function ExportDialog({ bench, open, onClose, linkOf }: ExportDialogProps) {
  return (
    <Dialog open={open} title={t('export')} onClose={onClose}>
      {open && <Sheet bench={bench} linkOf={linkOf} />}
    </Dialog>
  );
}

const forms = {
  picture: { label: () => t('exportPicture'), Form: PictureForm },
  values: { label: () => t('exportValues'), Form: ValuesForm },
  figure: { label: () => t('exportFigure'), Form: FigureForm },
  code: { label: () => t('exportCode'), Form: CodeForm },
} as const satisfies Record<Choice['what'], unknown>;

function Sheet({ bench, linkOf }: Pick<ExportDialogProps, 'bench' | 'linkOf'>) {
  const job = useMemo(() => new ExportJob(bench, linkOf), [bench, linkOf]);
  useEffect(() => () => job.close(), [job]);
  const wanted = choice.value;
  const { Form } = forms[wanted.what];
  const busy = job.busy.value;
  return (
    <div class="export">
      <Segmented
        label={t('exportWhat')}
        options={[
          { value: 'picture', label: forms.picture.label() },
          { value: 'values', label: forms.values.label() },
          { value: 'figure', label: forms.figure.label() },
          { value: 'code', label: forms.code.label() },
        ]}
        value={wanted.what}
        onChange={(what) => choose({ what })}
      />
      <Form job={job} />
      <Row label={t('exportName')}>
        {(id) => (
          <span class="name-field">
            <input
              id={id}
              class="text-field"
              value={job.called.value ?? job.ownName.value}
              spellcheck={false}
              onInput={(event) => {
                job.called.value = event.currentTarget.value;
              }}
              onBlur={() => {
                if (job.called.value?.trim() === '') job.called.value = null;
              }}
            />
            <span class="dim">.{endingOf(wanted)}</span>
          </span>
        )}
      </Row>
      {job.problem.value && <Message kind="bad" text={job.problem.value} />}
      <div class="busy-line">{busy !== null && <Bar done={busy} label={t('exportProgress')} />}</div>
      <div class="row wrap export-foot">
        <span class="grow small num" role="status">
          {busy === null ? job.said.value || sizeWords(job.size.value) : ''}
        </span>
        {busy !== null ? (
          <>
            <span class="num small">{t('exportPercent', number(Math.floor(busy * 100)))}</span>
            <Button look="line" onClick={() => job.cancel()}>
              {t('cancel')}
            </Button>
          </>
        ) : (
          <>
            {wanted.what !== 'values' && (
              <Button look="line" icon="copy" onClick={() => void job.copy()}>
                {t(wanted.what === 'code' ? 'exportCopyText' : 'exportCopyPicture')}
              </Button>
            )}
            <Button look="solid" icon="save" onClick={() => void job.save()}>
              {t('exportSave')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function sizeWords(size: Size | null): string {
  if (!size) return '';
  const words = formatBytes(size.bytes);
  if (size.how === 'exactly') return words;
  return t(size.how === 'about' ? 'exportAbout' : 'exportMost', words);
}
