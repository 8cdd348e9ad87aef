import { printEmptyForm } from '#contract/enrolment-papers.ts';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { changeKindWords } from '#domain/enrolment/change-words.ts';
import { changeFormTitles } from '#domain/enrolment/form-words.ts';
import { fileUrl } from '#web/api/call.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import '#web/parts/work-sheet.css';
import './enrolment.css';

/** 空白表: the form of each kind, to be filled in by hand. */
export function FormsPage() {
  return (
    <Page title="学籍异动空白表" extra={<GoButton to="/changes">回到列表</GoButton>}>
      <Block>
        <p className="quiet">
          供家长和学校手填。已在平台提出的异动，请在该项异动的页面打印，内容和审批意见会自动填好。
        </p>
        <ul className="sheet-lines" aria-label="空白表">
          {changeKinds.map((kind) => (
            <li key={kind}>
              <div className="sheet-line-head">
                <strong>{changeKindWords[kind]}</strong>
                <DownloadButton link url={fileUrl(printEmptyForm, { kind })} words={changeFormTitles[kind]} />
              </div>
            </li>
          ))}
        </ul>
      </Block>
    </Page>
  );
}
