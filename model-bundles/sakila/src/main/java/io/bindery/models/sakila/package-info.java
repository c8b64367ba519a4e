/**
 * Customers and what they paid in the public sample database Sakila; private, as all is read as
 * sources.
 */
@NullMarked
package io.bindery.models.sakila;

import org.jspecify.annotations.NullMarked;
