import { Icon, type IconName } from '../icons';
import { Button } from './Button';

export interface MessageAction {
  readonly label: string;
  readonly icon?: IconName;
  onClick(): void;
}
export interface MessageProps {
  /** `bad` interrupts a screen reader (`alert`), `note` waits (`status`). */
  kind: 'bad' | 'note';
  text: string;
  action?: MessageAction;
  /** So that the control in question can point here with aria-describedby. */
  id?: string;
}

/** One sentence about what is wrong or worth knowing, with at most one way out. */
export function Message({ kind, text, action, id }: MessageProps) {
  return (
    <div class={`msg ${kind}`} role={kind === 'bad' ? 'alert' : 'status'} id={id}>
      <Icon name={kind === 'bad' ? 'warn' : 'info'} />
      <span>{text}</span>
      {action && (
        <Button look="line" icon={action.icon} onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
