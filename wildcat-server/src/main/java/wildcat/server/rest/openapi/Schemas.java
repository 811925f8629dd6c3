package wildcat.server.rest.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wildcat.api.Required;

/// Derives JSON Schemas (draft 2020-12) from records as `wildcat.api.Json` reads and writes them:
///
/// - a component that may be null may be null in answers and left out of requests;
/// - `@JsonInclude(NON_NULL)` may be left out of answers;
/// - a text whose name ends in `At` is a time;
/// - a sealed interface is any of what it permits.
///
/// Not thread-safe.
final class Schemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> components = new TreeMap<>();
  private final Map<String, Class<?>> owners = new TreeMap<>();

  /// Which way the JSON goes.
  enum Way {
    REQUEST,
    ANSWER
  }

  /// By name, each a schema.
  ObjectNode components() {
    ObjectNode all = NODES.objectNode();
    components.forEach(all::set);
    return all;
  }

  /// A reference to the schema of a record or sealed interface.
  ///
  /// @throws IllegalArgumentException two different ones have the same name
  ObjectNode reference(Class<?> shape, Way way) {
    String name = name(shape, way);
    Class<?> owner = owners.putIfAbsent(name, shape);
    if (owner == null) {
      ObjectNode schema = NODES.objectNode();
      components.put(name, schema);
      if (shape.isSealed()) {
        ArrayNode any = schema.putArray("anyOf");
        for (Class<?> permitted : shape.getPermittedSubclasses()) {
          any.add(reference(permitted, way));
        }
      } else {
        fill(schema, shape, way);
      }
    } else if (owner != shape) {
      throw new IllegalArgumentException(owner + " and " + shape + " are both called " + name);
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static String name(Class<?> shape, Way way) {
    Class<?> outer = shape.getEnclosingClass();
    String prefix = shape.getPackageName().endsWith(".legacy") ? "Legacy" : "";
    return prefix
        + (outer == null ? "" : outer.getSimpleName())
        + shape.getSimpleName()
        + (way == Way.REQUEST && !shape.getSimpleName().startsWith("New") ? "Request" : "");
  }

  private void fill(ObjectNode schema, Class<?> shape, Way way) {
    if (!shape.isRecord()) {
      throw new IllegalArgumentException(shape + " is no record");
    }
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    properties(properties, required, shape, way);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private void properties(ObjectNode properties, ArrayNode required, Class<?> shape, Way way) {
    for (RecordComponent component : shape.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        properties(properties, required, component.getType(), way);
        continue;
      }
      JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
      String name = named == null || named.value().isEmpty() ? component.getName() : named.value();
      boolean needed = way == Way.REQUEST && component.isAnnotationPresent(Required.class);
      boolean nullable = !needed && isNullable(component.getAnnotatedType());
      JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
      boolean leftOut = include != null && include.value() == JsonInclude.Include.NON_NULL;
      ObjectNode schema = of(component.getAnnotatedType(), way);
      if (component.getType() == String.class && name.endsWith("At")) {
        schema.put("format", "date-time");
      }
      properties.set(name, nullable && !leftOut ? orNull(schema) : schema);
      if (way == Way.ANSWER ? !leftOut : !nullable) {
        required.add(name);
      }
    }
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isTextual() && !schema.has("enum")) {
      schema.putArray("type").add(type.textValue()).add("null");
      return schema;
    }
    if (schema.isEmpty()) {
      return schema; // anything, null included
    }
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).add(NODES.objectNode().put("type", "null"));
    return either;
  }

  private ObjectNode of(AnnotatedType annotated, Way way) {
    Type type = annotated.getType();
    if (type instanceof ParameterizedType generic
        && annotated instanceof AnnotatedParameterizedType arguments) {
      AnnotatedType[] inner = arguments.getAnnotatedActualTypeArguments();
      ObjectNode schema = NODES.objectNode();
      if (Collection.class.isAssignableFrom((Class<?>) generic.getRawType())) {
        schema.put("type", "array").set("items", element(inner[0], way));
        return schema;
      }
      if (Map.class.isAssignableFrom((Class<?>) generic.getRawType())) {
        schema.put("type", "object").set("additionalProperties", element(inner[1], way));
        return schema;
      }
    }
    if (type instanceof Class<?> plain) {
      return of(plain, way);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private ObjectNode element(AnnotatedType type, Way way) {
    return isNullable(type) ? orNull(of(type, way)) : of(type, way);
  }

  private ObjectNode of(Class<?> type, Way way) {
    ObjectNode schema = NODES.objectNode();
    if (type == String.class) {
      return schema.put("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return schema.put("type", "number");
    }
    if (type == ObjectNode.class) {
      return schema.put("type", "object");
    }
    if (JsonNode.class.isAssignableFrom(type) || type == Object.class) {
      return schema;
    }
    if (type.isEnum()) {
      ArrayNode names = schema.put("type", "string").putArray("enum");
      for (Object constant : type.getEnumConstants()) {
        names.add(wildcat.api.Json.shared().valueToTree(constant).asText());
      }
      return schema;
    }
    return reference(type, way);
  }
}
