package org.pupilledger.store;

import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.LedgerSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Where what follows from the entries is kept, as the role that may not append: one unit of work is one transaction. */
public final class ProjectionStore {
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionManager transactions;

    /** @param dataSource of {@code ledger_sequencer} */
    public ProjectionStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Where processors keep their place.
     *
     * @param node who holds a claim; the same after a restart where nobody else can hold it
     */
    public TokenStore tokens(String node) {
        return JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .serializer(new LedgerSerializer(EventTypes.current()))
                .nodeId(node)
                .schema(TokenSchema.builder()
                        .setTokenTable("processor_token")
                        .setProcessorNameColumn("processor")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("claimed_at")
                        .setOwnerColumn("owner")
                        .build())
                .build();
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public TransactionManager transactions() {
        return transactions;
    }
}
