import './dependency-graph.css';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, useMemo } from 'react';
import { nameOf } from '../../components/check-actions.ts';
import { SERVICE_LOOKS, SERVICE_WORDS } from '../../components/service-state.tsx';
import { LOOK_OF, STATUS_WORDS, StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { layoutOf, type Spot } from './graph-layout.ts';
import type { GraphNode } from './graph-things.ts';

/** Pixels of a thing, and from one to the next; the styles read them too. */
const THING = { width: 156, height: 34 } as const;
const STEP = { column: 204, row: 44 } as const;

/**
 * A picture of what depends on what. Its things are a list of links, for keys and for who hears the page; the lines
 * between them are drawn behind it, and said in words beside each link.
 */
export function DependencyGraph({ nodes, label }: { nodes: readonly GraphNode[]; label: string }) {
  const layout = useMemo(() => layoutOf(nodes), [nodes]);
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  const width = Math.max(0, (layout.columns - 1) * STEP.column) + THING.width;
  const height = Math.max(0, (layout.rows - 1) * STEP.row) + THING.height;
  // Those that stand first are read out first.
  const ordered = useMemo(() => {
    const rank = ({ id }: GraphNode): number => {
      const spot = layout.spots.get(id);
      return spot === undefined ? 0 : spot.column * nodes.length + spot.row;
    };
    return [...nodes].sort((a, b) => rank(a) - rank(b));
  }, [nodes, layout]);
  return (
    <div className="graph">
      <div className="graph-field" style={{ width, height }}>
        <svg className="graph-lines" width={width} height={height} aria-hidden="true" focusable="false">
          {nodes.flatMap((node) =>
            node.dependsOn.map((parent) => (
              <path
                key={`${parent} ${node.id}`}
                className={byId.get(parent)?.isDown ? 'graph-line graph-line-down' : 'graph-line'}
                d={lineOf(layout.spots.get(parent), layout.spots.get(node.id))}
              />
            )),
          )}
        </svg>
        <ul aria-label={label}>
          {ordered.map((node) => (
            <Thing key={node.id} node={node} spot={layout.spots.get(node.id)} byId={byId} />
          ))}
        </ul>
      </div>
    </div>
  );
}

/** From the end of what is depended on to the beginning of what depends on it. */
function lineOf(from: Spot | undefined, to: Spot | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1] = [from.column * STEP.column + THING.width, from.row * STEP.row + THING.height / 2];
  const [x2, y2] = [to.column * STEP.column, to.row * STEP.row + THING.height / 2];
  const bend = Math.min((x2 - x1) / 2, STEP.column / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

interface ThingProps {
  node: GraphNode;
  spot: Spot | undefined;
  byId: ReadonlyMap<string, GraphNode>;
}

function Thing({ node, spot = { column: 0, row: 0 }, byId }: ThingProps) {
  const t = useT();
  const { id: project } = useProject();
  const { thing, id } = node;
  const name = nameOfNode(node);
  const style: CSSProperties = {
    insetInlineStart: spot.column * STEP.column,
    insetBlockStart: spot.row * STEP.row,
    width: THING.width,
    height: THING.height,
  };
  const state = t('service' in thing ? SERVICE_WORDS[thing.service.state] : STATUS_WORDS[thing.check.status]);
  const parents = node.dependsOn.flatMap((parent) => byId.get(parent) ?? []).map(nameOfNode);
  const content = (
    <>
      <StateShape
        look={'service' in thing ? SERVICE_LOOKS[thing.service.state] : LOOK_OF[thing.check.status]}
        size={14}
      />
      <span className="graph-name">{name}</span>
    </>
  );
  const words = [name, state];
  if (parents.length > 0) words.push(t(messages.depends, { names: parents.join(', ') }));
  const shared = {
    className: 'graph-thing',
    style,
    title: `${name}: ${state}`,
    'aria-label': words.join(', '),
  };
  return (
    <li>
      {'service' in thing ? (
        <Link to="/projects/$project/services/$service" params={{ project, service: id }} {...shared}>
          {content}
        </Link>
      ) : (
        <Link to="/projects/$project/checks/$check" params={{ project, check: id }} {...shared}>
          {content}
        </Link>
      )}
    </li>
  );
}

function nameOfNode({ thing }: GraphNode): string {
  return nameOf('service' in thing ? thing.service : thing.check);
}

const messages = defineMessages({
  depends: { en: 'depends on {names}', fr: 'dépend de {names}' },
});
