import type { ComponentType } from 'react';
import type { Permission } from '#domain/basics/permissions.ts';

/** A page of the platform: where it is, what it is called, what it needs. */
export interface Screen {
  path: string;
  title: string;
  /** The permission without which the page is neither shown in the menu nor opened. */
  permission: Permission;
  component: ComponentType;
}
