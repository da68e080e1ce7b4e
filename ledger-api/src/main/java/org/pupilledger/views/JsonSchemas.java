package org.pupilledger.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Set;

/** Describes what is written as {@link JsonForms} has it written. */
public final class JsonSchemas extends ModelResolver {
    public JsonSchemas() {
        super(mapper(), new Names());
        setOpenapi31(true);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = Json31.mapper().copy();
        JsonForms.FORMS.forEach(mapper::addMixIn);
        return mapper;
    }

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
        Class<?> written = JsonForms.written(raw);
        return written == raw
                ? super.resolve(type, context, next)
                : super.resolve(
                        new AnnotatedType(written)
                                .propertyName(type.getPropertyName())
                                .schemaProperty(type.isSchemaProperty())
                                .ctxAnnotations(type.getCtxAnnotations()),
                        context,
                        next);
    }

    /** Parts of what is recorded are called views, since others things are called as they are. */
    private static final class Names extends TypeNameResolver {
        private static final Set<String> RECORDED =
                Set.of("org.pupilledger.agreement", "org.pupilledger.request", "org.pupilledger.statement");

        @Override
        protected String nameForClass(Class<?> type, Set<Options> options) {
            Class<?> form = JsonForms.FORMS.get(type);
            var named = form == null ? null : form.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
            if (named != null) {
                return named.name();
            }
            String name = super.nameForClass(type, options);
            return RECORDED.contains(type.getPackageName()) ? name + "View" : name;
        }
    }
}
