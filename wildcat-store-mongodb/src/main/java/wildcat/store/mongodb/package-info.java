/// The store on MongoDB.
@org.jspecify.annotations.NullMarked
package wildcat.store.mongodb;
