import { proxy, type Remote, transfer } from 'comlink';
import type { Fact } from '../../core/op';
import type { Scene } from '../../core/scene';
import type {
  Encoded,
  Encoding,
  Node,
  Opened,
  Refused,
  RunChoice,
  RunEvent,
  StepReport,
  Studio,
  View,
  Wanted,
} from '../../worker/api';
import { letGo } from '../view/sheet';
import { takeAhead } from './readAhead';
import { connect, type Link } from './studio';

export interface Job {
  readonly scene: Scene;
  readonly wanted: readonly Wanted[];
  readonly choice: RunChoice;
}
/** What a run reports. Nothing of a replaced run is reported. */
export interface Reports {
  /** `at`: which of the wanted nodes. */
  view(view: View, at: number): void;
  progress(done: number): void;
  facts(node: Node, facts: readonly Fact[]): void;
  step(step: StepReport): void;
  done(): void;
  failed(error: unknown): void;
  /** The worker was lost while nothing was asked of it; the next question starts a new one. */
  lost(): void;
}

type Options = Parameters<Studio['open']>[1];

/** A run that has shown nothing yet may hold back a newer one for this long, so that a dragged slider shows every result it can. */
const patience = 250;

/** The way to the worker. Starts it, gives a new one the picture again when the old one was lost, and keeps the latest run only. */
export class Runner {
  #link: Promise<Link> | null = null;
  /** Of `#link`, as soon as it is there: a request then leaves at once, before the page draws itself anew. */
  #there: Link | null = null;
  #source: { readonly blob: Blob; readonly options: Options } | null = null;
  #wanted: Job | null = null;
  #pumping = false;
  #run = 0;
  #asked = 0;

  constructor(readonly reports: Reports) {
    // The worker starts while the page does, so that the first picture need not wait for it.
    this.#connected().catch(() => undefined);
  }

  /** Decodes a picture; the one before stays when this is refused or fails. */
  async open(blob: Blob, options: Options): Promise<Opened | Refused> {
    this.stop();
    const run = this.#run;
    const ahead = takeAhead(blob);
    const bytes = (ahead && (await ahead)) ?? undefined;
    // The worker would take what comes to it last for the newest.
    if (run !== this.#run) return { kind: 'refused', reason: 'superseded', message: 'Another picture was opened.' };
    const opened = await this.query(async (studio) => await studio.open(blob, options, bytes && transfer(bytes, [bytes])));
    if (opened.kind === 'opened') this.#source = { blob, options };
    return opened;
  }
  /** A node as a file; null when it was cancelled, by the signal or by a newer one. */
  async encode(asked: Encoding, report: (done: number) => void, signal: AbortSignal): Promise<Encoded | null> {
    const stop = () => void this.query((studio) => studio.stopEncoding()).catch(() => undefined);
    if (signal.aborted) return null;
    signal.addEventListener('abort', stop);
    try {
      return await this.query((studio) => studio.encode(asked, proxy(report)));
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Runs a scene: at once, or as soon as the one before has shown something; the latest wins. */
  run(job: Job): void {
    this.#wanted = job;
    if (!this.#pumping) void this.#pump();
  }
  /** Gives up what is running or waiting; what is shown stays. */
  stop(): void {
    this.#wanted = null;
    this.#run++;
    if (this.#link) void this.query((studio) => studio.cancel()).catch(() => undefined);
  }
  close(): void {
    this.#run++;
    this.#wanted = null;
    void this.#link?.then((link) => link.close()).catch(() => undefined);
    this.#link = null;
    this.#there = null;
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#wanted) {
      const job = this.#wanted;
      this.#wanted = null;
      await Promise.race([this.#start(job), pause(patience)]);
    }
    this.#pumping = false;
  }

  /** Resolves when the run has shown something, or ended. */
  #start({ scene, wanted, choice }: Job): Promise<void> {
    const run = ++this.#run;
    return new Promise((shown) => {
      const report = (event: RunEvent) => {
        const current = run === this.#run;
        if (event.kind === 'view') {
          if (current) this.reports.view(event.view, event.at);
          else letGo(event.view);
          if (event.at === wanted.length - 1) shown();
        } else if (current && event.kind === 'facts') this.reports.facts(event.node, event.facts);
        else if (event.kind === 'step') this.reports.step(event.step);
        else if (current && event.kind === 'progress') this.reports.progress(event.done);
      };
      this.query((studio) => studio.run(scene, wanted, proxy(report), choice))
        .then((end) => run === this.#run && end === 'done' && this.reports.done())
        .catch((error: unknown) => run === this.#run && this.reports.failed(error))
        .finally(shown);
    });
  }

  /** Any question to the worker. @throws WorkerLost when it went away over it. */
  async query<T>(call: (studio: Remote<Studio>) => Promise<T>): Promise<T> {
    this.#asked++;
    try {
      const link = this.#there ?? (await this.#connected());
      return await Promise.race([call(link.studio), link.lost]);
    } finally {
      this.#asked--;
    }
  }

  async #connected(): Promise<Link> {
    this.#link ??= this.#connect();
    const connecting = this.#link;
    const link = await connecting;
    if (this.#link === connecting) this.#there = link;
    return link;
  }

  async #connect(): Promise<Link> {
    const link = connect();
    link.lost.catch(() => {
      link.close();
      this.#link = null;
      this.#there = null;
      if (this.#asked === 0) this.reports.lost();
    });
    try {
      if (this.#source) await Promise.race([link.studio.open(this.#source.blob, this.#source.options), link.lost]);
    } catch (error) {
      link.close();
      this.#link = null;
      throw error;
    }
    return link;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
