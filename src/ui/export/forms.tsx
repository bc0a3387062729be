// What can be set for each kind of export.

import { useEffect } from 'preact/hooks';
import type { Node } from '../../worker/api';
import { DisplayControls } from '../controls/DisplayControls';
import { NumberControl } from '../controls/NumberControls';
import { Segmented, Select } from '../parts';
import { plural, t } from '../strings';
import { nodeTitle, shapeWords } from './caption';
import { type Choice, choice, choose } from './choice';
import type { ExportJob } from './job';
import { Row } from './Row';

interface FormProps {
  readonly job: ExportJob;
}

/** Foretells the size anew some time after the last change. */
function useForesight(job: ExportJob, ...depends: readonly unknown[]): void {
  useEffect(() => {
    const abort = new AbortController();
    job.said.value = '';
    job.size.value = null;
    const timer = setTimeout(() => void job.foresee(abort.signal), 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [job, ...depends]);
}

/** Which value of the chain: the input, or what a step makes. */
function NodeRow({ job }: FormProps) {
  const scene = job.bench.scene.value;
  const words = (node: Node) => t('exportNode', nodeTitle(scene, node), shapeWords(job.bench.shapeAt(node) ?? []));
  return (
    <Row label={t('exportOf')}>
      {(id) => (
        <Select
          id={id}
          options={job.nodes.value.map((node) => ({ value: String(node), label: words(node) }))}
          value={String(job.node.value)}
          onChange={(node) => job.setNode(Number(node))}
        />
      )}
    </Row>
  );
}

export function PictureForm({ job }: FormProps) {
  const { picture, quality } = choice.value;
  const shape = job.bench.shapeAt(job.node.value) ?? [];
  useForesight(job, job.node.value, picture, quality, job.display.value);
  return (
    <>
      <NodeRow job={job} />
      <div class="export-row">
        <span class="lab">{t('exportShown')}</span>
        <DisplayControls
          display={job.display.value}
          onChange={(display) => {
            job.display.value = display;
          }}
          channels={shape[1] ?? 1}
          plain
        />
      </div>
      <Row label={t('exportFormat')}>
        {(id) => (
          <Select
            id={id}
            options={[
              { value: 'png', label: t('exportPng') },
              { value: 'png16', label: t('exportPng16') },
              { value: 'webp', label: t('exportWebp') },
            ]}
            value={picture}
            onChange={(value) => isPicture(value) && choose({ picture: value })}
          />
        )}
      </Row>
      {picture === 'webp' && (
        <NumberControl
          field={{ min: 1, max: 100, default: 90, slider: [1, 100] }}
          title={t('exportQuality')}
          help={t('exportQualityHelp')}
          value={quality}
          bad={false}
          onChange={(value) => choose({ quality: value })}
        />
      )}
    </>
  );
}
const pictures: readonly Choice['picture'][] = ['png', 'png16', 'webp'];
const isPicture = (value: string): value is Choice['picture'] => pictures.some((one) => one === value);

export function ValuesForm({ job }: FormProps) {
  useForesight(job, job.node.value);
  const shape = job.bench.shapeAt(job.node.value) ?? [];
  return (
    <>
      <NodeRow job={job} />
      <p class="small dim">{t('exportValuesHelp', shape.join(', '))}</p>
    </>
  );
}

export function FigureForm({ job }: FormProps) {
  const { panels, figure, scale } = choice.value;
  useForesight(job, panels, figure, scale, job.title.value);
  const preview = job.preview.value;
  const count = job.figureNodes().length;
  return (
    <>
      <Row label={t('exportTitle')}>
        {(id) => (
          <input
            id={id}
            class="text-field"
            value={job.title.value}
            maxLength={200}
            onInput={(event) => {
              job.title.value = event.currentTarget.value;
            }}
          />
        )}
      </Row>
      <div class="export-row">
        <span class="lab">{t('exportPanels')}</span>
        <Segmented
          label={t('exportPanels')}
          options={[
            { value: 'compared', label: t('exportCompared') },
            { value: 'steps', label: t('exportSteps') },
          ]}
          value={panels}
          onChange={(value) => choose({ panels: value })}
        />
      </div>
      <div class="export-row">
        <span class="lab">{t('exportFormat')}</span>
        <span class="row wrap">
          <Segmented
            label={t('exportFormat')}
            options={[
              { value: 'svg', label: 'SVG' },
              { value: 'png', label: 'PNG' },
            ]}
            value={figure}
            onChange={(value) => choose({ figure: value })}
          />
          {figure === 'png' && (
            <Segmented
              label={t('exportScale')}
              options={['1', '2', '3'].map((value) => ({ value, label: t('exportTimes', value) }))}
              value={String(scale)}
              onChange={(value) => choose({ scale: Number(value) })}
            />
          )}
        </span>
      </div>
      <div class="export-preview">
        {preview ? (
          <img src={preview.url} alt={plural('exportPreview', count, preview.about)} />
        ) : (
          <span class="small dim">{t('exportDrawing')}</span>
        )}
      </div>
    </>
  );
}

export function CodeForm({ job }: FormProps) {
  const { code } = choice.value;
  const text = job.text.value ?? '';
  useForesight(job, text);
  return (
    <>
      <Segmented
        label={t('exportFormat')}
        options={[
          { value: 'torch', label: 'PyTorch' },
          { value: 'onnx', label: 'ONNX' },
          { value: 'json', label: 'JSON' },
          { value: 'link', label: t('exportLink') },
        ]}
        value={code}
        onChange={(value) => choose({ code: value })}
      />
      <textarea class="export-code" readOnly dir="ltr" aria-label={t('exportCode')} value={text} spellcheck={false} />
    </>
  );
}
