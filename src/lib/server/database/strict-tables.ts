import {
	type AddColumnNode,
	ColumnDefinitionNode,
	CreateTableNode,
	DataTypeNode,
	type KyselyPlugin,
	OperationNodeTransformer,
	type PluginTransformQueryArgs,
	type PluginTransformResultArgs,
	type QueryResult,
	RawNode,
	type RootOperationNode,
	type UnknownRow
} from 'kysely';

/**
 * Lets a migration stay free of dialects: on SQLite every new table becomes STRICT
 * (https://www.sqlite.org/stricttables.html), and a type that STRICT does not know the one it does.
 */
export class StrictTables implements KyselyPlugin {
	readonly #transformer = new StrictTransformer();

	transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
		const node = this.#transformer.transformNode(args.node);
		if (!CreateTableNode.is(node) || node.selectQuery) return node;
		return {
			...node,
			endModifiers: [...(node.endModifiers ?? []), RawNode.createWithSql('strict')]
		};
	}

	transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
		return Promise.resolve(args.result);
	}
}

class StrictTransformer extends OperationNodeTransformer {
	protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
		const given = DataTypeNode.is(node.dataType) ? node.dataType.dataType : '';
		// varchar: the migrator's own tables.
		const known = given === 'bigint' ? 'integer' : given.startsWith('varchar') ? 'text' : undefined;
		return super.transformColumnDefinition(
			known ? { ...node, dataType: DataTypeNode.create(known) } : node
		);
	}

	protected override transformAddColumn(node: AddColumnNode): AddColumnNode {
		return { ...node, column: this.transformColumnDefinition(node.column) };
	}
}
