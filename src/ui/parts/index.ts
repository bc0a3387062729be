export { Button, type ButtonProps, classes, IconButton, type IconButtonProps } from './Button';
export { Dialog, type DialogProps } from './Dialog';
export { Menu, type MenuItem, type MenuProps, useDismiss } from './Menu';
export { Message, type MessageAction, type MessageProps } from './Message';
export { Bar, Spinner } from './Progress';
export { Segmented, type SegmentedOption, type SegmentedProps } from './Segmented';
export { Select, type SelectGroup, type SelectOption, type SelectProps } from './Select';
export { Switch, type SwitchProps } from './Switch';
export { useFloating } from './useFloating';
