/// Who we are, which devices a user has, and which two addresses belong to one user.
@org.jspecify.annotations.NullMarked
package wildcat.client.device;
