package org.pupilledger.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.pupilledger.reading.Of;

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
        CodeLists.CodeList codes = CodeLists.of(list(type, raw));
        if (codes != null) {
            context.defineModel(codes.schema(), schema(codes));
            Schema<?> code = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + codes.schema());
            return raw == List.class ? new ArraySchema().items(code) : code;
        }
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

    /** The list of codes that a text is said to be from; else the class itself. */
    private static Class<?> list(AnnotatedType type, Class<?> raw) {
        return type.getCtxAnnotations() == null
                ? raw
                : Arrays.stream(type.getCtxAnnotations())
                        .filter(Of.class::isInstance)
                        .<Class<?>>map(of -> ((Of) of).value())
                        .findFirst()
                        .orElse(raw);
    }

    /** A list of codes, each with what a person reads for it, as several generators of clients know it. */
    public static Schema<?> schema(CodeLists.CodeList list) {
        StringSchema schema = new StringSchema();
        schema.setDescription(list.description());
        schema.addType("string");
        schema.setEnum(list.codes().stream().map(CodeLists.Coded::code).toList());
        schema.addExtension(
                "x-enum-descriptions",
                list.codes().stream().map(CodeLists.Coded::label).toList());
        return schema;
    }

    /** Parts of what is recorded are called views, since others things are called as they are. */
    private static final class Names extends TypeNameResolver {
        private static final Set<String> RECORDED =
                Set.of("org.pupilledger.agreement", "org.pupilledger.request", "org.pupilledger.statement");

        /** What is on a page is told apart from what the interface answers of the same. */
        private static final Set<String> ON_PAGES = Set.of("org.pupilledger.web", "org.pupilledger.opendata");

        @Override
        protected String nameForClass(Class<?> type, Set<Options> options) {
            Class<?> form = JsonForms.FORMS.get(type);
            var named = form == null ? null : form.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
            if (named != null) {
                return named.name();
            }
            String name = super.nameForClass(type, options);
            if (ON_PAGES.contains(type.getPackageName())) {
                return "Shown" + name;
            }
            return RECORDED.contains(type.getPackageName()) ? name + "View" : name;
        }
    }
}
