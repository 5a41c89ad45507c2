import { Link } from '@tanstack/react-router';
import type { Service } from '@vigie/contract';
import { memo, useEffect, useRef } from 'react';
import { type CheckActions, nameOf } from '../../components/check-actions.ts';
import type { RunStore } from '../../components/run-store.ts';
import { RunStrip } from '../../components/run-strip.tsx';
import { ServiceMark } from '../../components/service-state.tsx';
import { Duration } from '../../components/time.tsx';
import { RowMenu } from './row-menu.tsx';
import { ServiceWords } from './service-words.tsx';

/** What all rows share; it stays the same while one scrolls. */
export interface RowSetting {
  actions: CheckActions;
  runs: RunStore;
  mayChange: boolean;
  kindName(kind: string): string;
  probe(service: Service): void;
  /** Pauses it, or resumes it. */
  turnOver(service: Service): void;
  /** The focus is in this row now: keys go on from here. */
  arrive(number: number): void;
}

interface ServiceRowProps {
  service: Service;
  /** Among all rows, heads of tiers included. */
  rowIndex: number;
  /** Among the services. */
  number: number;
  /** Pixels from the top of the list. */
  top: number;
  /** Goes up each time the keys come to this row, which takes the focus then; 0 = they are elsewhere. */
  turn: number;
  setting: RowSetting;
}

/** A service of the list: a row, on a phone a card. */
export const ServiceRow = memo(function ServiceRow(props: ServiceRowProps) {
  const { service, rowIndex, number, top, turn, setting } = props;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (turn > 0) link.current?.focus({ preventScroll: true });
  }, [turn]);
  const name = nameOf(service);
  const place = service.instance === null ? '' : ` · ${service.instance}`;
  return (
    <tr
      aria-rowindex={rowIndex + 2}
      className="service-row"
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => setting.arrive(number)}
    >
      <td className="service-state">
        <ServiceMark state={service.state} />
      </td>
      <td className="service-name">
        <Link
          ref={link}
          to="/projects/$project/services/$service"
          params={{ project: service.project, service: service.id }}
          preload={false}
          title={name}
          dir="auto"
        >
          {name}
        </Link>
        <span className="service-place" title={service.instance ?? undefined}>
          {setting.kindName(service.kind)}
          {place}
        </span>
      </td>
      <td className="service-latency">
        {service.last_run !== null && <Duration seconds={service.last_run.duration} />}
      </td>
      <td className="service-runs">
        <RunStrip store={setting.runs} id={service.id} />
      </td>
      <td className="service-words">
        <ServiceWords service={service} />
      </td>
      <td className="service-menu">
        {setting.mayChange && <RowMenu service={service} name={name} setting={setting} />}
      </td>
    </tr>
  );
});
