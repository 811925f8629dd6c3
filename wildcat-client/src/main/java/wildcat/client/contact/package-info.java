/// People: their names, numbers, pictures, about texts, business profiles, and who is blocked.
@org.jspecify.annotations.NullMarked
package wildcat.client.contact;
