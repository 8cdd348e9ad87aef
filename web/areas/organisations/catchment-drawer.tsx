import { Button, Drawer, Flex, Form, Select } from 'antd';
import { useState } from 'react';
import { listPlaces, setCatchment, type getSchool } from '#contract/organisations.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { usePhone } from '#web/ui/phone.ts';

/** Sets the communities that a school serves, from a day on. */
export function CatchmentDrawer({ school, onClose }: { school: OutputOf<typeof getSchool>; onClose: () => void }) {
  const { today } = useMe();
  const phone = usePhone();
  const places = useAnswer(listPlaces, {});
  const [codes, setCodes] = useState(school.catchment.map((place) => place.code));
  const [fromDate, setFromDate] = useState(today);
  const { send, sending } = useSend(setCatchment, {
    done: `已划定${school.name}的对口社区。`,
    refresh: ['organisations', 'comparison', 'statistics'],
  });
  const streets = (places.data ?? []).filter((place) => place.kind === 'subdistrict');
  const options = streets.map((street) => ({
    label: street.name,
    options: (places.data ?? [])
      .filter((place) => place.parentCode === street.code && (place.toDate === null || place.toDate >= today))
      .map((place) => ({ value: place.code, label: place.name })),
  }));
  const gone = school.catchment.filter((place) => !codes.includes(place.code));
  async function save() {
    await send({ id: school.id, communityCodes: codes, fromDate });
    onClose();
  }
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 480} title={`划定对口社区：${school.name}`}>
      <Form layout="vertical" component="div">
        <Form.Item label={`对口社区（已选 ${String(codes.length)} 个）`}>
          <Select
            mode="multiple"
            aria-label="对口社区"
            loading={places.isPending}
            value={codes}
            options={options}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setCodes}
            placeholder="选择社区"
            listHeight={400}
          />
        </Form.Item>
        <Form.Item label="自哪一天起">
          <DayField
            words="自哪一天起"
            value={fromDate}
            onChange={(day) => {
              setFromDate(day ?? '');
            }}
          />
        </Form.Item>
        {gone.length > 0 && (
          <p>
            自 {fromDate} 起不再对口：{gone.map((place) => place.name).join('、')}。
          </p>
        )}
        <Flex gap={8} justify="flex-end">
          <Button onClick={onClose}>返回</Button>
          <Button
            type="primary"
            loading={sending}
            disabled={fromDate === '' || places.isPending}
            onClick={() => void save()}
          >
            划定
          </Button>
        </Flex>
      </Form>
    </Drawer>
  );
}
