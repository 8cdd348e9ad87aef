import { useRouterState } from '@tanstack/react-router';
import { cameFromIn, showsThePast } from '#web/ui/came-from.ts';
import { Go } from '#web/ui/go.tsx';

/** Over a record that was opened from a list of the past: that it shows what is now, with the way back to the list. */
export function FromPast() {
  const location = useRouterState({ select: (state) => state.location });
  const from = cameFromIn(location.state);
  if (from === null || showsThePast(location.searchStr)) return null;
  return (
    <p className="from-past" role="status">
      <span>
        名单是<strong>{from.words}</strong>的情况，这里是现在的记录。
      </span>
      <Go to={from.href}>回到名单</Go>
    </p>
  );
}
