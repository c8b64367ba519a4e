package io.bindery.itests.plans;

import java.util.List;

/** The mistakes that the comparison with SQL must see, each in another place. */
final class Faults {
  private static final String ACCUMULATORS = "expression/Accumulators.java";

  private Faults() {}

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "union in order",
              "union",
              "operator/OrderedReader.java",
              "return byKey != 0 ? byKey :",
              "return byKey > 0 ? 1 :"),
          new Fault(
              "union of inputs",
              "union",
              "operator/ConcatReader.java",
              "while (at < inputs.size()) {",
              "while (at < Math.min(3, inputs.size())) {"),
          new Fault(
              "distinct",
              "distinct",
              "operator/DistinctReader.java",
              "if (seen.find(key.read(input))) {",
              "if (seen.find(key.read(input)) && !key.hasNull()) {"),
          new Fault(
              "merge in order",
              "merge ordered",
              "operator/OrderedMergeReader.java",
              "while (head.ahead && head.key.compareTo(current) == 0) {",
              "if (head.ahead && head.key.compareTo(current) == 0) {"),
          new Fault(
              "merge in order, its end",
              "merge full",
              "operator/OrderedMergeReader.java",
              "case FULL:\n        return false;",
              "case FULL:\n        return !heads.get(0).ahead;"),
          new Fault(
              "merge by a table",
              "merge full",
              "operator/HashMergeReader.java",
              "if (!given && merged.stays(table)) {",
              "if (merged.stays(table)) {"),
          new Fault(
              "merge that keeps keys",
              "merge inner",
              "operator/MergedRow.java",
              "all &= !kept.isEmpty(at);",
              "all |= !kept.isEmpty(at);"),
          new Fault(
              "keys with a null",
              "several keys",
              "held/KeyBytes.java",
              "hasNull = true;",
              "hasNull |= i == 0;"),
          new Fault(
              "keys that look alike",
              "key varchar",
              "held/KeyBytes.java",
              "row.text(column, text);",
              "text.set(row.value(column).toString().strip().getBytes(), 0,"
                  + " row.value(column).toString().strip().getBytes().length);"),
          new Fault(
              "keys in the order of their bytes",
              "merge ordered",
              "held/KeyBytes.java",
              "Arrays.compareUnsigned(",
              "Arrays.compare("),
          new Fault(
              "group in order",
              "group ordered",
              "operator/OrderedGroupReader.java",
              "current.set(next);\n    slots.clear();",
              "current.set(next);"),
          new Fault(
              "group by a table",
              "group hashed",
              "operator/HashGroupReader.java",
              "totals.add(input, table, 0);",
              "if (table.size() % 5 != 0) totals.add(input, table, 0);"),
          new Fault(
              "sort",
              "order by several",
              "held/SortedRows.java",
              "compare(from[left], from[right]) <= 0",
              "compare(from[left], from[right]) <= 1"),
          new Fault(
              "first rows of an order",
              "limit",
              "operator/SortReader.java",
              "rows.keep(keep);",
              "rows.keep(Math.max(1, keep - 1));"),
          new Fault(
              "slice",
              "offset",
              "operator/SliceReader.java",
              "while (skip > 0 && left > 0)",
              "while (skip > 1 && left > 0)"),
          new Fault(
              "where",
              "where",
              "operator/WhereReader.java",
              "Boolean.TRUE.equals(condition.of(input))",
              "!Boolean.FALSE.equals(condition.of(input))"),
          // each kind of join
          new Fault(
              "left join",
              "merge left",
              "operator/MergedRow.java",
              "case LEFT -> !kept.isEmpty(first[0]);",
              "case LEFT -> !kept.isEmpty(first[first.length - 1]);"),
          new Fault(
              "full join",
              "merge full",
              "operator/MergedRow.java",
              "case FULL -> true;",
              "case FULL -> !kept.isEmpty(first[0]);"),
          new Fault(
              "left join in order, its end",
              "merge left",
              "operator/OrderedMergeReader.java",
              "case LEFT:\n        return !heads.get(0).ahead;",
              "case LEFT:\n        return heads.stream().anyMatch(head -> !head.ahead);"),
          new Fault(
              "inner join in order, its end",
              "merge inner",
              "operator/OrderedMergeReader.java",
              "          }\n        }\n        return false;",
              "          }\n        }\n        return heads.get(0).key.compareTo(heads.get(1).key) > 0;"),
          new Fault(
              "table that grows",
              "group hashed",
              "held/KeyTable.java",
              "for (int i = 0; i < buckets.count(); i++) {",
              "for (int i = 4; i < buckets.count(); i++) {"),
          // what each aggregate function keeps
          new Fault(
              "count of rows",
              "count",
              ACCUMULATORS,
              "int at) {\n      slots.number(at, slots.number(at) + 1);",
              "int at) {\n      slots.number(at, Math.min(2, slots.number(at) + 1));"),
          new Fault(
              "count of values",
              "count",
              ACCUMULATORS,
              "return value != null && !Boolean.FALSE.equals(value);",
              "return value != null;"),
          new Fault(
              "sum of whole numbers",
              "sum",
              ACCUMULATORS,
              "return slots.number(at + 1) == 0 ? null : slots.number(at);",
              "return slots.number(at + 1) == 0 ? 0L : slots.number(at);"),
          new Fault(
              "sum of decimals",
              "sum",
              "expression/ExactSum.java",
              "long both = left + right;",
              "long both = Math.max(left, right);"),
          new Fault(
              "sum of doubles",
              "sum",
              ACCUMULATORS,
              "double sum = Double.longBitsToDouble(slots.number(at)) + value;",
              "double sum = Math.max(Double.longBitsToDouble(slots.number(at)), value);"),
          new Fault(
              "mean of decimals",
              "avg",
              ACCUMULATORS,
              "BigDecimal.valueOf(slots.number(at + ExactSum.SLOTS)),",
              "BigDecimal.valueOf(Math.max(2, slots.number(at + ExactSum.SLOTS))),"),
          new Fault(
              "mean of doubles",
              "avg",
              ACCUMULATORS,
              "(mean ? sum / count : sum)",
              "(mean ? sum / Math.max(2, count) : sum)"),
          new Fault(
              "lowest and highest",
              "max",
              ACCUMULATORS,
              "Integer.signum(ORDER.compare(value, extreme)) == sign",
              "value.toString().compareTo(extreme.toString()) * sign > 0"),
          new Fault(
              "long list",
              "list",
              "expression/ListOf.java",
              "collect((Object[]) part, level - 1, rows);",
              "if (level > 1) collect((Object[]) part, level - 1, rows);"),
          new Fault(
              "list in an order of its own",
              "list in an order of its own",
              "expression/ListOf.java",
              "rows.sort(this::compare);",
              "rows.sort((a, b) -> compare(b, a));"),
          // pages
          new Fault(
              "page that begins",
              "asked for pages",
              "operator/AfterReader.java",
              "      }\n    }\n    return false;\n  }\n\n  @Override",
              "      }\n    }\n    return true;\n  }\n\n  @Override"),
          new Fault(
              "page that begins in the order's second column",
              "asked for pages",
              "operator/AfterReader.java",
              "return order > 0;",
              "return order > 0 || i > 0;"),
          new Fault(
              "page that ends",
              "asked for pages",
              "run/PageEnd.java",
              "if (rows == limit) {",
              "if (rows == Math.max(1, limit - 1)) {"),
          // the disk
          new Fault(
              "sorted runs on the disk",
              "asked with little memory",
              "held/SpillingRows.java",
              "if (first.next()) {\n      runs.add(first);",
              "if (!runs.isEmpty() && first.next()) {\n      runs.add(first);"),
          new Fault(
              "groups that are put aside",
              "asked with little memory",
              "operator/HashGroupReader.java",
              "|| !aside.add(input)) {",
              "|| (aside.count() < 3 && !aside.add(input))) {"),
          new Fault(
              "merged rows that are put aside",
              "asked with little memory",
              "operator/Aside.java",
              "return gathered != null && gathered.add(row);",
              "return count % 3 == 0 || gathered != null && gathered.add(row);"),
          // groups of the databases
          new Fault(
              "count of groups",
              "asked for groups",
              ACCUMULATORS,
              "plusCount(slots.number(at), (Long) count)",
              "plusCount(slots.number(at), 1)"),
          new Fault(
              "mean of groups",
              "asked for groups",
              ACCUMULATORS,
              "more == null ? 0 : (Long) more",
              "more == null ? 0 : 1"),
          // what sources are told
          new Fault(
              "pushed limit",
              "order as given",
              "plan/PushdownPlanner.java",
              "long rows = Node.Slice.reach(slice.offset(), Math.min(wanted.limit(), slice.limit()));",
              "long rows = Math.min(wanted.limit(), slice.limit());"),
          new Fault(
              "pushed range",
              "where",
              "plan/Bounds.java",
              "case \"<\", \"<=\" -> new KeyRange(column.name(), null, value);",
              "case \"<\", \"<=\" -> new KeyRange(column.name(), value, null);"),
          new Fault(
              "pushed columns",
              "where",
              "plan/PushdownPlanner.java",
              "columns(where.condition(), read);",
              ""));
}
