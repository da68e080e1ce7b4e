package org.pupilledger.tlog;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** Its connection is lost at one step of the work, before that step is done or after. A step is a call of JDBC. */
public final class BreakingDataSource implements InvocationHandler {
    private final DataSource target;
    private final int brokenStep;
    private final boolean isDoneFirst;
    private int steps;

    private BreakingDataSource(DataSource target, int brokenStep, boolean isDoneFirst) {
        this.target = target;
        this.brokenStep = brokenStep;
        this.isDoneFirst = isDoneFirst;
    }

    public static DataSource at(DataSource target, int brokenStep, boolean isDoneFirst) {
        return proxy(DataSource.class, new BreakingDataSource(target, brokenStep, isDoneFirst));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object invoke(Object self, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        Connection connection = target.getConnection();
        return proxy(Connection.class, (proxied, call, values) -> {
            Object result = step(connection, connection, call, values);
            return result instanceof PreparedStatement statement
                    ? proxy(
                            PreparedStatement.class,
                            (inner, innerCall, innerValues) -> step(connection, statement, innerCall, innerValues))
                    : result;
        });
    }

    private Object step(Connection connection, Object on, java.lang.reflect.Method method, Object[] values)
            throws Throwable {
        steps++;
        if (steps == brokenStep && !isDoneFirst) {
            lose(connection);
        }
        Object result;
        try {
            result = method.invoke(on, values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (steps == brokenStep && isDoneFirst) {
            lose(connection);
        }
        return result;
    }

    private static void lose(Connection connection) throws SQLException {
        Executor here = Runnable::run;
        connection.abort(here);
        throw new SQLException("connection lost");
    }
}
