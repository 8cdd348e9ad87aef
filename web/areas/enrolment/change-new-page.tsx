import { useListState } from '#web/parts/list.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { ChangeForm } from './change-form.tsx';
import './enrolment.css';

/** 提出学籍异动: the kind, the pupil, and what the kind demands. */
export function ChangeNewPage() {
  const { state } = useListState();
  const go = useGo();
  return (
    <Page title="提出学籍异动" extra={<GoButton to="/changes">回到列表</GoButton>}>
      <Block>
        <ChangeForm
          childId={state['child']}
          kind={state['kind']}
          reason={state['why'] === 'leave' ? '长时间请假，核实后办理' : undefined}
          onDone={(id) => {
            go(`/changes/${id}`);
          }}
        />
      </Block>
    </Page>
  );
}
