import { Modal } from 'antd'
import { useText } from '../../shell/language.tsx'

/** The keys of the work page and of the box on top of every page. */
export function WorkKeys({ open, close }: { open: boolean; close(): void }) {
  const t = useText()
  return (
    <Modal title={t.myWork.keys} open={open} onCancel={close} onOk={close} footer={null} destroyOnHidden>
      <dl className="keys">
        {t.myWork.keyTable.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
