package org.pupilledger;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a class of tests a server that no other class uses meanwhile: one that another has left, or a new one. All are
 * stopped after the last test.
 */
final class SharedServer implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Free free = test.getRoot().getStore(NAMESPACE).computeIfAbsent(Free.class, type -> new Free(), Free.class);
        return classOf(test)
                .getStore(NAMESPACE)
                .computeIfAbsent(Lent.class, type -> free.lend(), Lent.class)
                .server();
    }

    /** Of a test, or of a class in a class, the outermost. */
    private static ExtensionContext classOf(ExtensionContext test) {
        ExtensionContext outermost = test;
        for (ExtensionContext each = test; each.getTestClass().isPresent(); ) {
            outermost = each;
            each = each.getParent().orElseThrow();
        }
        return outermost;
    }

    private record Lent(TestServer server, Free free) implements AutoCloseable {
        @Override
        public void close() {
            free.servers().add(server);
        }
    }

    private record Free(Queue<TestServer> servers) implements AutoCloseable {
        Free() {
            this(new ConcurrentLinkedQueue<>());
        }

        Lent lend() {
            TestServer left = servers.poll();
            return new Lent(left == null ? TestServer.start() : left, this);
        }

        @Override
        public void close() {
            servers.forEach(TestServer::close);
        }
    }
}
