import { Input, Select } from 'antd'
import type { Leader } from '../../../../src/cases/rules/case.ts'
import { useText } from '../../../shell/language.tsx'
import { usePosts } from '../../directory.ts'
import type { WidgetProps } from './widget-props.ts'

const OTHER = 'other'

/** 责任领导: who holds a leader's post, or a name and a title typed in. */
export function LeaderField({ id, value, onChange }: WidgetProps<Partial<Leader>>) {
  const t = useText()
  const posts = usePosts('leader')
  const options = [
    ...posts.map((post) => ({ value: post.id, label: `${post.title}${post.holder ? ` · ${post.holder.name}` : ''}` })),
    { value: OTHER, label: t.words.leaderOther },
  ]
  const choose = (chosen: string) => {
    const post = posts.find((each) => each.id === chosen)
    onChange?.(post ? { name: post.holder?.name ?? '', title: post.title, post: post.id } : { name: '', title: '' })
  }
  const { post: _, ...typed } = value ?? {}
  return (
    <div className="stack">
      <Select
        {...(id && { id })}
        placeholder={t.words.leaderPost}
        options={options}
        value={value?.post ?? (value ? OTHER : null)}
        onChange={choose}
        showSearch={{ optionFilterProp: 'label' }}
      />
      {value && !value.post && (
        <div className="two">
          <Input
            placeholder={t.words.leaderName}
            aria-label={t.words.leaderName}
            value={value.name ?? ''}
            onChange={(e) => onChange?.({ ...typed, name: e.target.value })}
          />
          <Input
            placeholder={t.words.leaderTitle}
            aria-label={t.words.leaderTitle}
            value={value.title ?? ''}
            onChange={(e) => onChange?.({ ...typed, title: e.target.value })}
          />
        </div>
      )}
    </div>
  )
}
